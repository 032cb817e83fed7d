int match_b(void)
{
}

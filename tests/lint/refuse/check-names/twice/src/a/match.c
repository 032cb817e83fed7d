int match_a(void)
{
}

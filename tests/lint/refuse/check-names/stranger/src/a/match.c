struct thing *
other_open(void)
{
}

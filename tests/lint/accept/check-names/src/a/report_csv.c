int report_write_csv(int a)
{
}

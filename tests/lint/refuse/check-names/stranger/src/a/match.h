int other_write_csv(int a);

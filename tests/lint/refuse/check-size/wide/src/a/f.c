												int abcde;

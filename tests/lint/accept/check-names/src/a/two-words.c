static int helper(void)
{
}

int two_words_open(int a,
	int b)
{
}

int main(void)
{
}

Bight.main()

import ArgumentParser
Bight.main()

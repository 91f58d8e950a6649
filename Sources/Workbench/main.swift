print("bight")

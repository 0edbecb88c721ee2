import ArgumentParser
print("wasl")

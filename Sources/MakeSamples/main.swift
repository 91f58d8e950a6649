import Glibc
import SampleData

// Writes every sample to samples/ of the folder it is started in.
mkdir("samples", 0o755)
for sample in Sample.all {
  let path = "samples/\(sample.name).csv"
  guard let file = fopen(path, "w") else {
    perror(path)
    exit(1)
  }
  let text = sample.csv()
  fwrite(text, 1, text.utf8.count, file)
  fclose(file)
  print("\(path)  \(sample.truth)")
}

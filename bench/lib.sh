# Shared by the scripts here, which source it: which versions are measured, and the class path of what is
# measured beside DuckDB.

# Which of our own sources.
commit() {
  git -C "$(dirname -- "${BASH_SOURCE[0]}")" describe --always --dirty 2>/dev/null || echo 'of no checkout'
}

# Versions of DuckDB (of its JDBC driver) that are measured, one after the other.
duckdbs=(${DUCKDB:-1.5.6.0 2.0.0.1})

# build: compiles qa-batch and notes its class path with each of these; paths[VERSION] has it.
declare -A paths
build() {
  local version
  for version in "${duckdbs[@]}"; do
    mvn -q -B -Dstyle.color=never -Dquick -DskipTests -Dduckdb.version="$version" test-compile \
      dependency:build-classpath -Dmdep.outputFile="target/bench-$version.classpath" -Dmdep.includeScope=test \
      -pl qa-batch -am >&2
    paths[$version]=qa-batch/target/test-classes:qa-batch/target/classes:$(<"qa-batch/target/bench-$version.classpath")
  done
}

# versions DUCKDB FLAGS…: a line with the versions of both sides and of the JVM.
versions() {
  local duckdb=$1
  shift
  echo "candles $(commit), $(java "$@" -cp "${paths[$duckdb]}" dev.candles.batch.BenchVersions)"
}

#!/usr/bin/env bash
# Guess: a process of a Flink cluster that is started with an option it does not know, such as the JobManager's
# --host given to a TaskManager, either ends with its usage or leaves that option out and heeds the others.
#
# Seen with Flink 2.3.0 (flink-runtime): the first word that it does not know ends the reading of options, without
# a word about it. Every -Dkey=value that stands behind is left unread and the process starts with the file's
# settings: a TaskManager with --host first has one slot where -Dtaskmanager.numberOfTaskSlots=4 was asked for. With
# the same words in the other order it has four. A misspelt --configdir is the same, once --configDir was given.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Java, Maven or the packages cannot be had.
set -euo pipefail

command -v java >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no java or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-runtime</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

mkdir "$work/conf"
cat >"$work/conf/config.yaml" <<'Y'
taskmanager:
  numberOfTaskSlots: 1
Y
cat >"$work/Finding.java" <<'J'
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

public class Finding {
  public static void main(String[] args) throws Exception {
    String slots = "-Dtaskmanager.numberOfTaskSlots=4";
    List<List<String>> lines =
        List.of(
            List.of("--configDir", args[0], slots),
            List.of("--configDir", args[0], slots, "--host", "tm1"),
            List.of("--configDir", args[0], "--host", "tm1", slots),
            List.of("--configDir", args[0], "--configdir", args[0], slots));
    List<Integer> seen = new ArrayList<>();
    for (List<String> line : lines) {
      Configuration read = TaskManagerRunner.loadConfiguration(line.toArray(new String[0]));
      int number = read.get(TaskManagerOptions.NUM_TASK_SLOTS);
      System.out.println(String.join(" ", line).replace(args[0], "conf") + ": " + number + " slots");
      seen.add(number);
    }
    boolean same = seen.equals(List.of(4, 4, 1, 1));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
java -cp "$(cat "$work/classpath")" "$work/Finding.java" "$work/conf"

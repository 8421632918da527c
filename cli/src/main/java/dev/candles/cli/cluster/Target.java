package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster is meant: the one that was named, else that of the configuration of Flink that was
 * given, else the one that runs in the cluster's folder, else that of the program's configuration.
 */
public final class Target {
  private static final String NAME_ONE =
      ". Start one: ./candles cluster start, or name one: --target HOST:PORT";

  private final Configuration flink;
  private final List<Address> addresses;
  private final String advice;
  private final boolean guess;

  private Target(Configuration flink, List<Address> addresses, String advice, boolean guess) {
    this.flink = flink;
    this.addresses = addresses;
    this.advice = advice;
    this.guess = guess;
  }

  /**
   * Finds it; asks nobody.
   *
   * @param named {@code HOST:PORT}, or null
   * @param given the folder of Flink's configuration that was given, which always wins
   * @param own the folder of the program's configuration
   * @throws RefusedException if nothing says which
   */
  public static Target of(
      @Nullable String named, Optional<Path> given, ClusterFolder folder, Path own)
      throws IOException, RefusedException {
    if (named != null) {
      return new Target(client(given, own), List.of(Address.parse(named)), NAME_ONE, false);
    }
    if (given.isEmpty() && folder.members().stream().anyMatch(Member::isAlive)) {
      return ofFolder(folder);
    }
    Configuration flink = client(given, own);
    Address address = address(flink, given.orElse(own));
    return new Target(flink, List.of(address), NAME_ONE, given.isEmpty());
  }

  /**
   * The cluster that runs in a folder and no other; asks nobody.
   *
   * @throws RefusedException if what runs there is another machine's
   */
  static Target ofFolder(ClusterFolder folder) throws IOException, RefusedException {
    // the port of a dead one is anybody's, and a frozen one lets wait
    List<Address> addresses =
        folder.members().stream()
            .filter(member -> member.isJobManager() && member.isAlive())
            .sorted(Comparator.comparing(member -> member.process().state()))
            .map(member -> new Address(Ports.LOOPBACK, member.restPort()))
            .toList();
    if (addresses.isEmpty()) {
      throw new RefusedException(
          "no JobManager of the cluster in "
              + folder.root()
              + " is alive; see ./candles cluster status");
    }
    return new Target(FlinkConf.started(folder), addresses, "", false);
  }

  private static Configuration client(Optional<Path> given, Path own) throws RefusedException {
    if (given.isPresent()) {
      return FlinkConf.read(given.get(), Map.of());
    }
    return Files.notExists(own.resolve(FlinkConf.FILE))
        ? new Configuration()
        : FlinkConf.read(own, Map.of());
  }

  private static Address address(Configuration flink, Path conf) throws RefusedException {
    String host = flink.getOptional(RestOptions.ADDRESS).orElse(Ports.LOOPBACK);
    int port = FlinkConf.value(flink, RestOptions.PORT, conf);
    if (port < 1) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s in %s: found '%d', which names no cluster; name one: --target HOST:PORT, or leave"
                  + " --flink-conf out",
              RestOptions.PORT.key(),
              conf,
              port));
    }
    return new Address(host, port);
  }

  /** These addresses and no other. */
  static Target of(Configuration flink, List<Address> addresses) {
    return new Target(flink, addresses, "", false);
  }

  /** Where somebody was once: another program may be there by now. */
  static Target guess(Configuration flink, Address address) {
    return new Target(flink, List.of(address), "", true);
  }

  /** Whether nobody named it and nobody is known to be there: it may be any program's. */
  boolean isGuess() {
    return guess;
  }

  Configuration flink() {
    return flink;
  }

  /**
   * The cluster, by the first of its JobManagers that answers.
   *
   * @throws RefusedException if none does, or it runs another version of Flink
   */
  FlinkRest connect() throws RefusedException, InterruptedException {
    return connect(FlinkRest.ANSWER);
  }

  /**
   * As {@link #connect()}.
   *
   * @param answer how long each answer is waited for
   */
  FlinkRest connect(Duration answer) throws RefusedException, InterruptedException {
    List<UnreachableException> faults = new ArrayList<>();
    for (Address address : addresses) {
      try {
        return connect(address, answer);
      } catch (UnreachableException e) {
        faults.add(e);
      }
    }
    String why =
        faults.stream()
            .map(fault -> String.valueOf(fault.getMessage()))
            .collect(Collectors.joining("; "));
    RefusedException none = new RefusedException(why + advice, faults.remove(faults.size() - 1));
    faults.forEach(none::addSuppressed);
    throw none;
  }

  private FlinkRest connect(Address address, Duration answer)
      throws UnreachableException, RefusedException, InterruptedException {
    FlinkRest rest = FlinkRest.of(flink, address, answer);
    try {
      String version = rest.version();
      String ours = EnvironmentInformation.getVersion();
      if (!ours.equals(version)) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "the cluster at %s runs Flink %s, this program is built for %s",
                address,
                version.isEmpty() ? "of no version that it says" : OneLine.of(version),
                ours));
      }
      return rest;
    } catch (UnreachableException | RefusedException | InterruptedException e) {
      rest.close();
      throw e;
    }
  }
}

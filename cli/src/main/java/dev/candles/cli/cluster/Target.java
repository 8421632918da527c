package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.feed.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster is meant: the one that was named, else that of the cluster's folder, else the one
 * that Flink's configuration names.
 */
public final class Target {
  private final Configuration flink;
  private final List<Address> addresses;

  private Target(Configuration flink, List<Address> addresses) {
    this.flink = flink;
    this.addresses = addresses;
  }

  /**
   * Finds it; asks nobody.
   *
   * @param named {@code HOST:PORT}, or null
   * @throws RefusedException if nothing says which
   */
  public static Target of(@Nullable String named, ClusterFolder folder, Path conf)
      throws IOException, RefusedException {
    Configuration flink = flink(folder, conf);
    if (named != null) {
      return new Target(flink, List.of(Address.parse(named)));
    }
    List<Address> addresses = new ArrayList<>();
    for (Member member : folder.members()) {
      if (member.isJobManager()) {
        addresses.add(new Address(Ports.LOOPBACK, member.restPort()));
      }
    }
    if (addresses.isEmpty()) {
      String host = flink.getOptional(RestOptions.ADDRESS).orElse(Ports.LOOPBACK);
      addresses.add(new Address(host, flink.get(RestOptions.PORT)));
    }
    return new Target(flink, addresses);
  }

  private static Configuration flink(ClusterFolder folder, Path conf) throws RefusedException {
    Path own = folder.conf();
    if (Files.exists(own.resolve(FlinkConf.FILE))) {
      return FlinkConf.read(own, Map.of());
    }
    return Files.exists(conf.resolve(FlinkConf.FILE))
        ? FlinkConf.read(conf, Map.of())
        : new Configuration();
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
    List<String> faults = new ArrayList<>();
    for (Address address : addresses) {
      try {
        return connect(address);
      } catch (UnreachableException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    throw new RefusedException(
        String.join("; ", faults)
            + ". Start one: ./candles cluster start, or name one: --target HOST:PORT");
  }

  private FlinkRest connect(Address address)
      throws UnreachableException, RefusedException, InterruptedException {
    FlinkRest rest = FlinkRest.of(flink, address);
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

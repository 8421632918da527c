package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Candles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code status --serve} in a process of its own, whose bounds nobody else in this JVM has set. */
final class ServedPage implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  ServedPage(Path lake) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path"),
                Candles.class.getName(),
                "status",
                "--serve",
                "--port",
                "0",
                "--data-dir",
                lake.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("Page: ")) {
      line = out.readLine();
    }
    assertThat(line).as("the page's address").isNotNull();
    address = URI.create(line.substring("Page: ".length()));
  }

  URI address() {
    return address;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Once the lake was looked at. */
  String looked(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    HttpResponse<String> answer = get(path);
    while (answer.statusCode() == 503) {
      assertThat(answer.body()).contains("\"reading\":");
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
      answer = get(path);
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}

package dev.candles.sources.transport;

import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Sends JSON to addresses that are secrets: no error names the address, and nothing that is
 * answered is kept. Follows no redirect. Blocks its caller; thread-safe.
 */
public final class JsonPost {
  private final HttpClient client;
  private final Duration timeout;

  /**
   * @param timeout real time to connect, and until the status is there; what follows is not read
   */
  public JsonPost(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Sends {@code json} once.
   *
   * @throws IOException if it was not answered with a status of success; the message names neither
   *     the address nor the answer
   * @throws InterruptedException if the caller is interrupted
   */
  public void send(URI address, String json) throws IOException, InterruptedException {
    int status;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(timeout)
              .header("User-Agent", RestClient.USER_AGENT)
              .header("Content-Type", "application/json; charset=utf-8")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build();
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close(); // it may never end
      status = answer.statusCode();
    } catch (IOException | IllegalArgumentException e) {
      // without its cause: a message of the client may name the address
      throw new IOException(FailureText.kind(e));
    }
    if (status / 100 != 2) {
      throw new IOException("status " + status);
    }
  }
}

package dev.candles.sources.transport;

import dev.candles.text.FailureText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * REST calls to one venue, so that a venue that hangs starves no other. Knows no budget and no
 * retry; the caller does. Time-outs are real time. Thread-safe.
 */
public final class RestClient implements AutoCloseable {
  /** What we call ourselves, {@code candles/<version>}. */
  public static final String USER_AGENT = "candles/" + version();

  /** Larger bodies fail. */
  public static final int MAX_BODY_BYTES = 4 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final int THREADS = 2;

  private final URI base;
  private final Duration timeout;
  private final ExecutorService executor;
  private final HttpClient client;
  private final Map<Long, CompletableFuture<?>> running = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean closed;

  /**
   * A client of the venue at {@code base}, with time-outs of 10 s to connect and 20 s for the whole
   * answer.
   */
  public RestClient(String venue, URI base) {
    this(venue, base, REQUEST_TIMEOUT);
  }

  /**
   * A client of the venue at {@code base}.
   *
   * @param timeout real time for the whole answer
   */
  public RestClient(String venue, URI base, Duration timeout) {
    this(venue, base, timeout, HttpClient.newBuilder());
  }

  /** The same of another trust. */
  RestClient(String venue, URI base, Duration timeout, SSLContext trust) {
    this(venue, base, timeout, HttpClient.newBuilder().sslContext(trust));
  }

  private RestClient(String venue, URI base, Duration timeout, HttpClient.Builder client) {
    this.base = base;
    this.timeout = timeout;
    this.executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "candles-rest-" + venue);
              thread.setDaemon(true);
              return thread;
            });
    this.client =
        client
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(executor)
            .build();
  }

  /**
   * Asks for {@code path}. Never throws; the future fails with an {@link IOException} (time-outs
   * too), or with an {@link IllegalArgumentException} if the path makes no address.
   *
   * @param path path and query, starting with a slash
   */
  public CompletableFuture<RestResponse> get(String path) {
    if (closed) {
      return CompletableFuture.failedFuture(new IOException("client is closed: base=" + base));
    }
    CompletableFuture<HttpResponse<String>> call;
    try {
      call = client.sendAsync(request(path), info -> new BoundedBody(MAX_BODY_BYTES));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<RestResponse> answer = call.thenApply(RestClient::response);
    long id = calls.incrementAndGet();
    running.put(id, call);
    return answer
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((response, error) -> finished(id, response, error));
  }

  private RestResponse finished(
      long id, @Nullable RestResponse response, @Nullable Throwable error) {
    CompletableFuture<?> call = running.remove(id);
    if (call != null) {
      call.cancel(true);
    }
    if (response != null) {
      return response;
    }
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    throw new CompletionException(failure(cause == null ? new IOException("no answer") : cause));
  }

  /** With a message that says what failed, also where the client's own says nothing. */
  private IOException failure(Throwable cause) {
    String said = FailureText.of(cause);
    if (cause instanceof HttpConnectTimeoutException) {
      return new IOException("no connection within " + text(CONNECT_TIMEOUT), cause);
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return new IOException("no answer within " + text(timeout), cause);
    }
    if (said.equals(FailureText.UNRESOLVED)) {
      return new IOException(FailureText.unresolved(base.getHost()), cause);
    }
    return cause instanceof IOException known ? known : new IOException(said, cause);
  }

  private static String text(Duration duration) {
    long ms = duration.toMillis();
    return ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
  }

  private HttpRequest request(String path) {
    String root = base.toString();
    String trimmed = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return HttpRequest.newBuilder(URI.create(trimmed + path))
        .timeout(timeout)
        .header("User-Agent", USER_AGENT)
        .header("Accept", "application/json")
        .build();
  }

  private static RestResponse response(HttpResponse<String> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    long dateMs = response.headers().firstValue("Date").map(RestResponse::dateMs).orElse(-1L);
    long retryAfterMs = header.map(wait -> RestResponse.retryAfterMs(wait, dateMs)).orElse(-1L);
    long ageMs = response.headers().firstValue("Age").map(RestResponse::ageMs).orElse(0L);
    return new RestResponse(response.statusCode(), response.body(), retryAfterMs, dateMs, ageMs);
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(call -> call.cancel(true));
    executor.shutdownNow();
  }

  private static String version() {
    String version = RestClient.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}

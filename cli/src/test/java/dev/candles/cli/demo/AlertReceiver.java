package dev.candles.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the alerts of two webhooks, generic JSON and Slack's, on loopback. */
public final class AlertReceiver implements AutoCloseable {
  private static final Pattern JSON =
      Pattern.compile(
          "\\{\"id\":\"[\\w-]+\",.*\"text\":\"(ALERT [^\"]*)\"}", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern SLACK = Pattern.compile("\\{\"text\":\"(ALERT [^\"]*)\"}");

  /** What came as generic JSON, its line for people; a body of another form whole. */
  public final List<String> json = new CopyOnWriteArrayList<>();

  /** What came for Slack. */
  public final List<String> slack = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  public AlertReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ops", exchange -> take(exchange, JSON, json));
    server.createContext("/chat", exchange -> take(exchange, SLACK, slack));
    server.start();
  }

  private static void take(HttpExchange exchange, Pattern form, List<String> taken)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher known = form.matcher(body);
    taken.add(known.matches() ? known.group(1) : body);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The configuration of both webhooks; their addresses are in files of {@code folder}. */
  public String config(Path folder) throws IOException {
    return """
        alerts:
          webhooks:
            - {name: ops, url_file: '%s'}
            - {name: chat, format: slack, url_file: '%s'}
        """
        .formatted(address(folder, "ops"), address(folder, "chat"));
  }

  private Path address(Path folder, String name) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    return Files.writeString(folder.resolve(name + "-webhook"), url);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

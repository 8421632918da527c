package dev.candles.batch.quality.html;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, spoken to by its DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
  private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern IMAGE = Pattern.compile("\"data\":\"([^\"]+)\"");
  private static final long DEADLINE_S = 240;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private String session = "";

  /** Where it is installed, if it is. */
  public static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public Browser(Path program, Path profile, URI page) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(profile.resolve("DevToolsActivePort")), new Frames())
            .get(DEADLINE_S, TimeUnit.SECONDS);
    String target = find(TARGET, call("Target.createTarget", "{\"url\":\"about:blank\"}"));
    session =
        find(
            SESSION,
            call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}"));
    call("Page.enable", "{}");
    size(1_280, 1_000, false); // before the page: it would be drawn anew, and lose its cursor
    open(page);
  }

  /** The browser writes its port and path there when it is ready. */
  private URI address(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (System.nanoTime() < end) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() >= 2) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("the browser ended: exit=" + process.exitValue());
      }
    }
    throw new IOException("the browser did not start: file=" + file);
  }

  public void open(URI page) throws Exception {
    call("Page.navigate", "{\"url\":\"" + page + "\"}");
  }

  /** Width and height in CSS pixels. */
  public void size(int width, int height, boolean phone) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
            .formatted(width, height, phone));
  }

  public void dark() throws Exception {
    media("");
  }

  /** Paper, of someone whose screen is dark. */
  void printInTheDark() throws Exception {
    media("print");
  }

  private void media(String media) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        "{\"media\":\""
            + media
            + "\",\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"dark\"}]}");
  }

  public void key(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      String text = key.equals("Enter") && type.equals("keyDown") ? ",\"text\":\"\\r\"" : "";
      call(
          "Input.dispatchKeyEvent",
          "{\"type\":\"%s\",\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d%s}"
              .formatted(type, key, key, code(key), text));
    }
  }

  private static int code(String key) {
    return switch (key) {
      case "Enter" -> 13;
      case "PageDown" -> 34;
      case "End" -> 35;
      case "Home" -> 36;
      case "ArrowLeft" -> 37;
      case "ArrowRight" -> 39;
      case "ArrowDown" -> 40;
      default -> throw new IllegalArgumentException("unknown key: " + key);
    };
  }

  /** The value of a script expression, as text. */
  public String text(String expression) throws Exception {
    String quoted =
        new String(JsonStringEncoder.getInstance().quoteAsString("String(" + expression + ")"));
    String answer = call("Runtime.evaluate", "{\"expression\":\"" + quoted + "\"}");
    return find(VALUE, answer);
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    String last = "";
    while (System.nanoTime() < end) {
      last = text("(() => { try { return " + expression + "; } catch (e) { return e; } })()");
      if (last.equals("true")) {
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError("never came true: " + expression + ", last=" + last);
  }

  public void screenshot(Path file) throws Exception {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String answer =
        call("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}");
    Files.write(file, Base64.getDecoder().decode(find(IMAGE, answer)));
  }

  @Override
  public void close() throws Exception {
    List<ProcessHandle> helpers = process.descendants().toList();
    socket.abort();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    for (ProcessHandle helper : helpers) { // they write into the profile when the browser is gone
      helper.destroyForcibly();
      helper.onExit().get(DEADLINE_S, TimeUnit.SECONDS);
    }
  }

  private String call(String method, String parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String where = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
    String text = "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}";
    socket
        .sendText(text.formatted(id, method, parameters, where), true)
        .get(DEADLINE_S, TimeUnit.SECONDS);
    String said = answer.get(DEADLINE_S, TimeUnit.SECONDS);
    if (said.startsWith("{\"id\":" + id + ",\"error\"")) {
      throw new IOException("refused: method=" + method + ", answer=" + said);
    }
    return said;
  }

  private static String find(Pattern pattern, String answer) throws IOException {
    Matcher matcher = pattern.matcher(answer);
    if (!matcher.find()) {
      throw new IOException("not in the answer: pattern=" + pattern + ", answer=" + answer);
    }
    return matcher.group(1);
  }

  /** Puts answers together and hands them to whoever asked; events are of no interest. */
  private final class Frames implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        Matcher id = ID.matcher(text);
        if (id.find()) {
          CompletableFuture<String> asked = answers.remove(Integer.parseInt(id.group(1)));
          if (asked != null) {
            asked.complete(text);
          }
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}

package dev.candles.cli.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Answers as the REST API of a cluster does, with one job. What is set for a request is answered
 * one after the other, the last for ever; all else is 404.
 */
public final class FakeCluster implements AutoCloseable {
  private static final String NOT_FOUND = "{\"errors\":[\"Not found.\"]}";

  private final JobID job = JobID.fromHexString("abcdef00000000000000000000000001");
  private final HttpServer server;
  private final Map<String, Iterator<Answer>> answers = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** Of the request after whose answer it is gone, a method and a path. */
  private volatile String lastAnswered = "";

  private volatile boolean gone;

  /** What is answered. */
  private record Answer(int code, String text) {}

  /** A cluster of this program's Flink without a job. */
  public FakeCluster() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answer(
        "GET /v1/config",
        "{\"flink-version\":\"" + EnvironmentInformation.getVersion() + "\",\"features\":{}}");
    answer("GET /v1/jobs/overview", "{\"jobs\":[]}");
  }

  /** The job's id. */
  public String job() {
    return job.toHexString();
  }

  /** {@code HOST:PORT}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** A job of this name that runs. */
  public void runs(String name) {
    answer(
        "GET /v1/jobs/overview",
        String.format(
            Locale.ROOT,
            "{\"jobs\":[{\"jid\":\"%s\",\"name\":\"%s\",\"state\":\"RUNNING\",\"start-time\":1,"
                + "\"end-time\":-1,\"duration\":7000,\"last-modification\":1,\"tasks\":{"
                + "\"running\":1,\"total\":1,\"canceling\":0,\"canceled\":0,\"created\":0,"
                + "\"scheduled\":0,\"deploying\":0,\"reconciling\":0,\"finished\":0,"
                + "\"initializing\":0,\"failed\":0},\"pending-operators\":0}]}",
            job,
            name));
    status("RUNNING");
  }

  /** How the job is, one after the other. */
  public void status(String... states) {
    answer(
        "GET /v1/jobs/" + job + "/status",
        Stream.of(states).map(state -> new Answer(200, "{\"status\":\"" + state + "\"}")).toList());
    answer(
        "GET /v1/jobs/" + job + "/exceptions",
        "{\"exceptionHistory\":{\"entries\":[],\"truncated\":false}}");
  }

  /** The cluster has lost the job. */
  public void losesTheJob() {
    answers.remove("GET /v1/jobs/" + job + "/status");
  }

  /** Takes a savepoint: it ends with this operation, in Flink's words. */
  public void savepoint(String operation) {
    answer(
        "POST /v1/jobs/" + job + "/stop",
        List.of(new Answer(202, "{\"request-id\":\"00000000000000000000000000000001\"}")));
    answer(
        "GET /v1/jobs/" + job + "/savepoints/00000000000000000000000000000001",
        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":" + operation + "}");
  }

  /** Cancels the job when it is asked to. */
  public void cancels() {
    answer("PATCH /v1/jobs/" + job, List.of(new Answer(202, "{}")));
  }

  /** The TaskManagers that are registered. */
  public void taskManagers(String... names) {
    answer(
        "GET /v1/taskmanagers",
        Stream.of(names)
            .map(
                name ->
                    "{\"id\":\""
                        + name
                        + "\",\"path\":\"p\",\"dataPort\":1,\"jmxPort\":1,\"timeSinceLastHeartbeat\":1,"
                        + "\"slotsNumber\":1,\"freeSlots\":1,\"assignedTasks\":0,\"hardware\":{"
                        + "\"cpuCores\":1,\"physicalMemory\":1,\"freeMemory\":1,"
                        + "\"managedMemory\":1},\"memoryConfiguration\":{}}")
            .collect(Collectors.joining(",", "{\"taskmanagers\":[", "]}")));
  }

  /** Answers a request, a method and a path, for ever. */
  public void answer(String request, String text) {
    answer(request, List.of(new Answer(200, text)));
  }

  private void answer(String request, List<Answer> inTurn) {
    Iterator<Answer> all = inTurn.iterator();
    answers.put(
        request,
        new Iterator<>() {
          private Answer last = new Answer(404, NOT_FOUND);

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public synchronized Answer next() {
            last = all.hasNext() ? all.next() : last;
            return last;
          }
        });
  }

  /** Answers a request, a method and a path, and is gone. */
  public void isGoneAfter(String request) {
    lastAnswered = request;
  }

  /** Which requests came, methods and paths. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  FlinkRest rest() throws UnreachableException {
    return FlinkRest.of(new Configuration(), new Address("127.0.0.1", port()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    asked.add(request);
    exchange.getRequestBody().readAllBytes();
    if (gone) {
      exchange.close();
      return;
    }
    Iterator<Answer> inTurn = answers.get(request);
    Answer answer = inTurn == null ? new Answer(404, NOT_FOUND) : inTurn.next();
    if (request.startsWith("PATCH ") && inTurn != null) {
      status("CANCELED");
    }
    byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(answer.code(), body.length);
    gone = request.equals(lastAnswered);
    exchange.getResponseBody().write(body);
    exchange.close();
    if (gone) {
      new Thread(this::close).start(); // which waits for this one
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

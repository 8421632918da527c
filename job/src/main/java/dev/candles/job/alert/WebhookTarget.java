package dev.candles.job.alert;

import dev.candles.job.config.AlertConfig.Webhook;
import dev.candles.sources.transport.JsonPost;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A webhook. Its address is looked up for each try, so that a secret that is replaced or comes late
 * needs no restart; it is in no message.
 */
final class WebhookTarget implements AlertTarget {
  private static final int MAX_BYTES = 4_096;

  private final Webhook webhook;
  private final Map<String, String> environment;
  private final JsonPost post;

  WebhookTarget(Webhook webhook, Map<String, String> environment, JsonPost post) {
    this.webhook = webhook;
    this.environment = environment;
    this.post = post;
  }

  @Override
  public String name() {
    return webhook.name();
  }

  @Override
  public void tell(Alert alert) throws IOException, InterruptedException {
    post.send(address(), webhook.slack() ? alert.slack() : alert.json());
  }

  private URI address() throws IOException {
    String where =
        webhook.file() == null
            ? "variable " + webhook.variable()
            : "the file of webhook " + webhook.name(); // its path may be a secret by mistake
    String text = secret(where).strip();
    try {
      URI address = URI.create(text);
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // as little an address as one without a host; the exception names the secret
      throw new IOException("no address of http or https in " + where);
    }
    throw new IOException("no address of http or https in " + where);
  }

  private String secret(String where) throws IOException {
    if (webhook.file() == null) {
      return environment.getOrDefault(String.valueOf(webhook.variable()), "");
    }
    try (InputStream in = Files.newInputStream(Path.of(webhook.file()))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new IOException("cannot read " + where + ": " + FailureText.kind(e));
    }
    throw new IOException("more than " + MAX_BYTES + " bytes in " + where);
  }
}

package dev.candles.cli.cluster;

import org.apache.flink.runtime.rest.HttpMethodWrapper;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.messages.RuntimeMessageHeaders;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster for its version only: the other fields of the answer differ from one version of
 * Flink to the next, and its own message takes no other.
 */
final class VersionHeaders
    implements RuntimeMessageHeaders<
        EmptyRequestBody, VersionHeaders.Answer, EmptyMessageParameters> {

  /** What is taken of the answer. */
  static final class Answer implements ResponseBody {
    @JsonProperty("flink-version")
    private @Nullable String version;

    /** Empty if it says none. */
    String version() {
      return version == null ? "" : version;
    }
  }

  @Override
  public Class<Answer> getResponseClass() {
    return Answer.class;
  }

  @Override
  public HttpResponseStatus getResponseStatusCode() {
    return HttpResponseStatus.OK;
  }

  @Override
  public String getDescription() {
    return "the version of a cluster";
  }

  @Override
  public Class<EmptyRequestBody> getRequestClass() {
    return EmptyRequestBody.class;
  }

  @Override
  public EmptyMessageParameters getUnresolvedMessageParameters() {
    return EmptyMessageParameters.getInstance();
  }

  @Override
  public HttpMethodWrapper getHttpMethod() {
    return HttpMethodWrapper.GET;
  }

  @Override
  public String getTargetRestEndpointURL() {
    return "/config";
  }
}

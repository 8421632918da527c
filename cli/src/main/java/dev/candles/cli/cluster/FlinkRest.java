package dev.candles.cli.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;
import org.apache.flink.runtime.rest.messages.JobIDPathParameter;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobVertexIdPathParameter;
import org.apache.flink.runtime.rest.messages.JobsOverviewHeaders;
import org.apache.flink.runtime.rest.messages.MessagePathParameter;
import org.apache.flink.runtime.rest.messages.MessageQueryParameter;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointConfigHeaders;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointConfigInfo;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricsFilterParameter;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.util.ExceptionUtils;

/**
 * A cluster by its REST API, through Flink's own client. Each answer has a deadline and a largest
 * size; what is no answer of a cluster is an {@link UnreachableException}.
 */
final class FlinkRest implements AutoCloseable {
  /** How long an answer is waited for, unless said otherwise. */
  static final Duration ANSWER = Duration.ofSeconds(20);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 16 << 20;

  /** Flink's client makes nothing of a body without a byte, whatever the status. */
  private static final String EMPTY = "an empty answer";

  private final Address address;
  private final RestClusterClient<StandaloneClusterId> client;
  private final Duration answer;

  private FlinkRest(
      Address address, RestClusterClient<StandaloneClusterId> client, Duration answer) {
    this.address = address;
    this.client = client;
    this.answer = answer;
  }

  /**
   * A client; asks nothing yet.
   *
   * @param flink more settings of the client, certificates for example
   */
  static FlinkRest of(Configuration flink, Address address) throws UnreachableException {
    return of(flink, address, ANSWER);
  }

  /**
   * A client; asks nothing yet.
   *
   * @param answer how long it waits for one
   */
  static FlinkRest of(Configuration flink, Address address, Duration answer)
      throws UnreachableException {
    Configuration own = settings(flink, address);
    own.set(RestOptions.RETRY_MAX_ATTEMPTS, 2);
    own.set(RestOptions.RETRY_DELAY, Duration.ofSeconds(1));
    try {
      return new FlinkRest(
          address, new RestClusterClient<>(own, StandaloneClusterId.getInstance()), answer);
    } catch (Exception e) { // Flink's constructor throws anything
      throw new UnreachableException("no client for " + address + ": " + Answers.why(e), e);
    }
  }

  /** Of a client that asks this address and no leader's, and believes no size. */
  static Configuration settings(Configuration flink, Address address) {
    Configuration own = new Configuration(flink);
    own.removeConfig(HighAvailabilityOptions.HA_MODE);
    own.set(RestOptions.ADDRESS, address.host());
    own.set(RestOptions.PORT, address.port());
    own.set(RestOptions.BIND_PORT, String.valueOf(address.port()));
    own.set(RestOptions.CONNECTION_TIMEOUT, CONNECT);
    own.set(RestOptions.CLIENT_MAX_CONTENT_LENGTH, MOST_BYTES);
    return own;
  }

  Address address() {
    return address;
  }

  /** Flink's version, as the cluster says it. */
  String version() throws UnreachableException, InterruptedException {
    return answer(
            client.sendRequest(
                new VersionHeaders(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))
        .version();
  }

  ClusterOverview overview() throws UnreachableException, InterruptedException {
    return answer(client.getClusterOverview());
  }

  /** The names of the TaskManagers that are registered. */
  Set<String> taskManagers() throws UnreachableException, InterruptedException {
    return names(each -> true);
  }

  /** The names of the TaskManagers that have a part of a job. */
  Set<String> busyTaskManagers() throws UnreachableException, InterruptedException {
    return names(each -> each.getNumberAvailableSlots() < each.getNumberSlots());
  }

  private Set<String> names(Predicate<TaskManagerInfo> wanted)
      throws UnreachableException, InterruptedException {
    return answer(
            client.sendRequest(
                TaskManagersHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))
        .getTaskManagerInfos()
        .stream()
        .filter(wanted)
        .map(each -> each.getResourceId().getResourceIdString())
        .collect(Collectors.toSet());
  }

  /** All jobs that it remembers, those that have ended too. */
  Collection<JobDetails> jobs() throws UnreachableException, InterruptedException {
    return answer(
            client.sendRequest(
                JobsOverviewHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))
        .getJobs();
  }

  JobStatus status(JobID job) throws UnreachableException, InterruptedException {
    return answer(job, client.getJobStatus(job));
  }

  /** A job with the states of its tasks and since when it has each of its own. */
  JobDetailsInfo details(JobID job) throws UnreachableException, InterruptedException {
    return answer(job, client.getJobDetails(job));
  }

  /** How many checkpoints of a job are complete. */
  long checkpoints(JobID job) throws UnreachableException, InterruptedException {
    return checkpointing(job).getCounts().getNumberCompletedCheckpoints();
  }

  /** The last checkpoints of a job. */
  CheckpointingStatistics checkpointing(JobID job)
      throws UnreachableException, InterruptedException {
    JobMessageParameters parameters = new JobMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return answer(
        job,
        client.sendRequest(
            CheckpointingStatisticsHeaders.getInstance(),
            parameters,
            EmptyRequestBody.getInstance()));
  }

  /** How often a job is to have a checkpoint, ms. */
  long checkpointIntervalMs(JobID job) throws UnreachableException, InterruptedException {
    JobMessageParameters parameters = new JobMessageParameters();
    parameters.jobPathParameter.resolve(job);
    CheckpointConfigInfo config =
        answer(
            job,
            client.sendRequest(
                CheckpointConfigHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()));
    return RestMapperUtils.getStrictObjectMapper() // Flink's class has no getters
        .<JsonNode>valueToTree(config)
        .path(CheckpointConfigInfo.FIELD_NAME_CHECKPOINT_INTERVAL)
        .asLong();
  }

  /**
   * Metrics of a task, over its subtasks.
   *
   * @param names those that are asked for; of all there are the names alone if it is empty
   */
  Collection<AggregatedMetric> metrics(JobID job, JobVertexID task, List<String> names)
      throws UnreachableException, InterruptedException {
    AggregatedSubtaskMetricsParameters parameters = new AggregatedSubtaskMetricsParameters();
    for (MessagePathParameter<?> parameter : parameters.getPathParameters()) {
      if (parameter instanceof JobIDPathParameter ofJob) {
        ofJob.resolve(job);
      } else if (parameter instanceof JobVertexIdPathParameter ofTask) {
        ofTask.resolve(task);
      }
    }
    for (MessageQueryParameter<?> parameter : parameters.getQueryParameters()) {
      if (parameter instanceof MetricsFilterParameter ofNames && !names.isEmpty()) {
        ofNames.resolve(names);
      }
    }
    return answer(
            job,
            client.sendRequest(
                AggregatedSubtaskMetricsHeaders.getInstance(),
                parameters,
                EmptyRequestBody.getInstance()))
        .getMetrics();
  }

  /** What last made a job fail, in one line; empty if nothing did. */
  Optional<String> lastFailure(JobID job) throws UnreachableException, InterruptedException {
    JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return answer(
            job,
            client.sendRequest(
                JobExceptionsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
        .getExceptionHistory()
        .getEntries()
        .stream()
        .findFirst()
        .map(RootExceptionInfo::getStacktrace)
        .map(Answers::rootOf);
  }

  /** Stops a job behind a savepoint; the future gives its place once it is complete. */
  CompletableFuture<String> stop(JobID job, String savepoints) {
    return client.stopWithSavepoint(job, false, savepoints, SavepointFormatType.NATIVE);
  }

  /** Ends a job without a savepoint; its checkpoints stay. */
  void cancel(JobID job) throws UnreachableException, InterruptedException {
    answer(job, client.cancel(job));
  }

  private <T> T answer(JobID job, CompletableFuture<T> future)
      throws UnreachableException, InterruptedException {
    try {
      return answer(future);
    } catch (UnreachableException e) {
      if (ExceptionUtils.findThrowable(e, RestClientException.class)
          .filter(said -> said.getHttpResponseStatus().equals(HttpResponseStatus.NOT_FOUND))
          .isPresent()) {
        throw new UnknownJobException("the cluster at " + address + " does not know job " + job, e);
      }
      throw e;
    }
  }

  private <T> T answer(CompletableFuture<T> future)
      throws UnreachableException, InterruptedException {
    try {
      return Optional.ofNullable(future.get(answer.toMillis(), TimeUnit.MILLISECONDS))
          .orElseThrow(() -> unreachable(EMPTY, new IOException(EMPTY)));
    } catch (TimeoutException e) {
      throw unreachable("no answer for " + answer.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unreachable(Answers.why(e), e);
    }
  }

  private UnreachableException unreachable(String why, Throwable cause) {
    return new UnreachableException(
        String.format(Locale.ROOT, "the cluster at %s does not answer: %s", address, why), cause);
  }

  @Override
  public void close() {
    client.close();
  }
}

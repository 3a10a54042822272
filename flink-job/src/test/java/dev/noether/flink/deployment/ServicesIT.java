package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The services of docker-compose.yml as real processes: they start, survive kill -9, stop, and go on. */
@Timeout(300)
class ServicesIT {
    private static final String SCORING_JOB = "dev.noether.flink.job.ScoringJob";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledWhenATaskManagerIsKilledAndTheJobManagerRestarted() {
        ComposeFile compose = ComposeFile.read(ProjectFiles.file("docker-compose.yml"));
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            stack.flink().addJar("usrlib/pass-through.jar", List.of(PassThroughJob.class), "", "");
            stack.replace(SCORING_JOB, PassThroughJob.class.getName());
            ChildProcess kafka = stack.startKafka();
            createTopics(stack, kafka);
            // Compose runs it at each start: topics that exist already are no error.
            createTopics(stack, kafka);
            String servers = stack.bootstrapServers();
            CommittedRecords.writeNumbers(servers, "observations", 1, 10_000);

            ChildProcess jobManager = stack.start("jobmanager");
            ChildProcess taskManager = stack.start("taskmanager");
            stack.awaitHealthy("jobmanager", jobManager, PATIENCE);
            stack.awaitHealthy("taskmanager", taskManager, PATIENCE);
            try (CommittedRecords scores = new CommittedRecords(servers, "scores")) {
                await(scores, 10_000, taskManager);

                CommittedRecords.writeNumbers(servers, "observations", 10_001, 20_000);
                taskManager.kill();
                CommittedRecords.writeNumbers(servers, "observations", 20_001, 30_000);
                taskManager = stack.start("taskmanager");
                await(scores, 30_000, taskManager);

                jobManager.close();
                taskManager.close();
                CommittedRecords.writeNumbers(servers, "observations", 30_001, 40_000);
                jobManager = stack.start("jobmanager");
                taskManager = stack.start("taskmanager");
                await(scores, 40_000, jobManager);
                assertThat(jobManager.output()).contains("resume: the job goes on from");

                scores.readFor(Duration.ofSeconds(2));
                assertThat(scores.doubled()).isEmpty();
                assertThat(scores.counts()).hasSize(40_000);
            }
        }
    }

    static void createTopics(ProcessStack stack, ChildProcess kafka) {
        ChildProcess topics = stack.start("topics");
        if (topics.awaitExit(PATIENCE) != 0) {
            throw topics.failure(kafka.failure("was asked for topics").getMessage());
        }
    }

    static void await(CommittedRecords scores, int count, ChildProcess process) {
        int read = scores.readUntil(count, PATIENCE);
        if (read < count) {
            throw process.failure("leaves " + (count - read) + " of " + count + " records without a score");
        }
    }
}

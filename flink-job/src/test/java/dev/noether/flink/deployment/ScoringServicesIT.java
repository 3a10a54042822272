package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProcessStack;
import dev.noether.testing.deployment.ProjectFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scoring job and the retraining job as docker-compose.yml starts them: from the job jar and the flink-lib folder,
 * each service a process. A model is trained while the job runs, a task manager is killed, both managers stop and
 * start again, the state moves to another backend, and every observation has its score.
 */
@Timeout(400)
@Tag("long")
class ScoringServicesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String JOB = "6e6f6574686572000000000000000001";

    private final DetectorConfig detector = DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml"));
    private final WavingHosts hosts = new WavingHosts(detector);
    private final Set<Long> versions = new TreeSet<>();
    private int parts;

    @TempDir
    private Path folder;

    @Test
    void everyObservationIsScoredOnceThoughManagersDieAndStopAndTheStateMoves() {
        ComposeFile compose = ComposeFile.read(ProjectFiles.file("docker-compose.yml"));
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            stack.replace("PT2M", "PT0S");
            ChildProcess kafka = stack.startKafka();
            stack.createTopics(kafka);
            stack.awaitHealthy("kafka", kafka, PATIENCE);
            // Compose does so at each start: topics that exist already are no error.
            stack.createTopics(kafka);
            observe(stack);
            ChildProcess jobManager = stack.start("jobmanager");
            ChildProcess taskManager = stack.start("taskmanager");
            stack.awaitHealthy("jobmanager", jobManager, PATIENCE);
            stack.awaitHealthy("taskmanager", taskManager, PATIENCE);
            try (CommittedRecords scores = new CommittedRecords(
                    stack.bootstrapServers(), detector.topics().scores(), this::identity)) {
                awaitAll(scores, taskManager);
                assertThat(versions).containsExactly(Score.NO_MODEL);
                assertThat(taskManager.output()).contains("engine on the CPU");

                retrain(stack);
                awaitFirstModel(stack, scores, taskManager);

                // Some of these are under way when it dies.
                observe(stack);
                taskManager.kill();
                // Flink counts a job without a task manager as running.
                stack.awaitUnhealthy("jobmanager", jobManager, PATIENCE);
                observe(stack);
                taskManager = stack.start("taskmanager");
                awaitAll(scores, taskManager);

                jobManager.close();
                taskManager.close();
                observe(stack);
                jobManager = stack.start("jobmanager");
                taskManager = stack.start("taskmanager");
                awaitAll(scores, taskManager);
                assertThat(jobManager.output())
                        .contains("resume: the job continues from")
                        .doesNotContain("/savepoints/");

                moveToRocksDb(stack, jobManager, taskManager);
                observe(stack);
                jobManager = stack.start("jobmanager");
                taskManager = stack.start("taskmanager");
                awaitAll(scores, taskManager);
                assertThat(jobManager.output())
                        .contains("resume: the job continues from " + stack.volume("checkpoints") + "/savepoints/");
                assertThat(taskManager.output()).contains("RocksDB native library");

                scores.readFor(Duration.ofSeconds(3));
                assertThat(scores.doubled()).isEmpty();
                assertThat(scores.counts()).hasSize(parts * WavingHosts.OBSERVATIONS);
            }
        }
    }

    /** One more part of the observations, behind those before. */
    private void observe(ProcessStack stack) {
        hosts.observe(stack.bootstrapServers(), parts);
        parts++;
    }

    private void awaitAll(CommittedRecords scores, ChildProcess process) {
        scores.await(parts * WavingHosts.OBSERVATIONS, PATIENCE, process);
    }

    /** As docs/operations.md says; the job manager's container would start again by itself. */
    private static void moveToRocksDb(ProcessStack stack, ChildProcess jobManager, ChildProcess taskManager) {
        ChildProcess stop = stack.runFlink("stop", "--type", "canonical", JOB);
        if (stop.awaitExit(PATIENCE) != 0) {
            throw stop.failure("did not stop the job");
        }
        assertThat(jobManager.awaitExit(PATIENCE)).isZero();
        taskManager.close();
        stack.configureFlink("state.backend.type: rocksdb");
    }

    /** The retrainer trains at once, stays healthy, and ends when it is asked to. */
    private static void retrain(ProcessStack stack) {
        ChildProcess retrainer = stack.start("retrainer");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!retrainer.output().contains("Model 1 of detector fleet is announced")) {
            if (!retrainer.isAlive() || System.nanoTime() > deadline) {
                throw retrainer.failure("trained no model");
            }
            ProcessStack.pause(Duration.ofMillis(200));
        }
        assertThat(stack.isHealthy("retrainer")).isTrue();
        retrainer.close();
    }

    /**
     * The job may still be fetching the model when the next observations come: a few rounds of them are given to it.
     */
    private void awaitFirstModel(ProcessStack stack, CommittedRecords scores, ChildProcess taskManager) {
        for (int round = 0; round < 5; round++) {
            observe(stack);
            awaitAll(scores, taskManager);
            if (versions.contains(1L)) {
                return;
            }
        }
        throw taskManager.failure("never scored with the first model, only with " + versions);
    }

    private String identity(byte[] bytes) {
        try {
            Score score = new ScoreCodec().decode(bytes);
            versions.add(score.modelVersion());
            return score.sourcePartition() + "/" + score.sourceOffset();
        } catch (MalformedRecordException e) {
            throw new AssertionError("a score that is none", e);
        }
    }
}

package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docker-compose.gpu.yml over docker-compose.yml as real processes, with a stand-in for Flink's GPU plugin. */
@Timeout(240)
class GpuRequestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theScorerGetsTheDeviceThatTheTaskManagerNames() {
        ComposeFile compose =
                ComposeFile.read(ProjectFiles.file("docker-compose.yml"), ProjectFiles.file("docker-compose.gpu.yml"));
        assertThat(deviceSeenBy(compose, true)).isEqualTo("OptionalInt[" + TestingGpuDriverFactory.FIRST_INDEX + "]");
    }

    @Test
    void withoutGpuTheSameJobRunsOnTheCpu() {
        ComposeFile compose = ComposeFile.read(ProjectFiles.file("docker-compose.yml"));
        assertThat(deviceSeenBy(compose, false)).isEqualTo("OptionalInt.empty");
    }

    @Test
    void theScoringJobRunsInTheSlotThatItAsksFor() {
        ComposeFile compose =
                ComposeFile.read(ProjectFiles.file("docker-compose.yml"), ProjectFiles.file("docker-compose.gpu.yml"));
        DetectorConfig detector = DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml"));
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            addPlugin(stack);
            ServicesIT.createTopics(stack, stack.startKafka());
            new WavingHosts(detector).observe(stack.bootstrapServers(), 0);
            ChildProcess jobManager = stack.start("jobmanager");
            stack.start("taskmanager");
            String topic = detector.topics().scores();
            try (CommittedRecords scores =
                    new CommittedRecords(stack.bootstrapServers(), topic, value -> Arrays.toString(value))) {
                ServicesIT.await(scores, WavingHosts.OBSERVATIONS, jobManager);
            }
        }
    }

    private static void addPlugin(ProcessStack stack) {
        stack.flink()
                .addJar(
                        "plugins/testing-gpu/testing-gpu.jar",
                        List.of(TestingGpuDriverFactory.class),
                        ExternalResourceDriverFactory.class.getName(),
                        TestingGpuDriverFactory.class.getName());
        stack.replace(
                "org.apache.flink.externalresource.gpu.GPUDriverFactory", TestingGpuDriverFactory.class.getName());
    }

    private String deviceSeenBy(ComposeFile compose, boolean withPlugin) {
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            stack.flink().addJar("usrlib/probe.jar", List.of(GpuProbeJob.class), "", "");
            stack.replace("dev.noether.flink.job.ScoringJob", GpuProbeJob.class.getName());
            if (withPlugin) {
                addPlugin(stack);
            }
            ServicesIT.createTopics(stack, stack.startKafka());
            CommittedRecords.writeNumbers(stack.bootstrapServers(), "observations", 1, 10);
            ChildProcess jobManager = stack.start("jobmanager");
            stack.start("taskmanager");
            stack.awaitHealthy("jobmanager", jobManager, PATIENCE);
            try (CommittedRecords scores = new CommittedRecords(stack.bootstrapServers(), "scores")) {
                if (scores.readUntil(1, PATIENCE) < 1) {
                    throw jobManager.failure("gives the scorer no slot");
                }
                return scores.counts().keySet().iterator().next();
            }
        }
    }
}

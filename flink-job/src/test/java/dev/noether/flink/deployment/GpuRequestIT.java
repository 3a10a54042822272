package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProcessStack;
import dev.noether.testing.deployment.ProjectFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docker-compose.gpu.yml over docker-compose.yml as real processes, with a stand-in for Flink's GPU plugin. */
@Timeout(240)
@Tag("long")
class GpuRequestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theScoringJobRunsInTheSlotThatItAsksForAndGetsTheDeviceOfItsTaskManager() {
        ComposeFile compose =
                ComposeFile.read(ProjectFiles.file("docker-compose.yml"), ProjectFiles.file("docker-compose.gpu.yml"));
        DetectorConfig detector = DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml"));
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            addPlugin(stack);
            stack.createTopics(stack.startKafka());
            new WavingHosts(detector).observe(stack.bootstrapServers(), 0);
            ChildProcess jobManager = stack.start("jobmanager");
            ChildProcess taskManager = stack.start("taskmanager");
            String topic = detector.topics().scores();
            try (CommittedRecords scores =
                    new CommittedRecords(stack.bootstrapServers(), topic, value -> Arrays.toString(value))) {
                scores.await(WavingHosts.OBSERVATIONS, PATIENCE, jobManager);
            }
            // The stand-in names a device that this machine does not have: the job says so, and scores on the CPU.
            assertThat(taskManager.output())
                    .contains("Reason: GPU " + TestingGpuDriverFactory.FIRST_INDEX + ": ")
                    .contains("with the openblas engine on the CPU");
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
}

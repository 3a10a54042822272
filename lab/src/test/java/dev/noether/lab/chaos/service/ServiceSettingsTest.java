package dev.noether.lab.chaos.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void theDetectorOfComposeKeepsItsOtherKeys() throws IOException {
        Path original = ProjectFiles.file("deploy/detector.yaml");
        Path file = folder.resolve("detector.yaml");
        Files.copy(original, file);
        ServiceSettings.defaults()
                .withRetrainingInterval(Duration.ofSeconds(90))
                .applyTo(file);
        DetectorConfig changed = DetectorConfig.load(file);
        DetectorConfig before = DetectorConfig.load(original);
        assertThat(changed.retraining().schedule().interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(changed.checkpoints().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(changed.checkpoints().directory())
                .isEqualTo(before.checkpoints().directory());
        assertThat(changed.retraining().rows().history())
                .isEqualTo(before.retraining().rows().history());
        assertThat(changed.topics()).isEqualTo(before.topics());
    }
}

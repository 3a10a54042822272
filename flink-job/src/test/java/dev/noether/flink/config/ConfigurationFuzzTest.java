package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a configuration file contains, it is read or refused in words. */
@Timeout(100)
class ConfigurationFuzzTest extends RandomizedTest {
    private static final int FILES = 500;

    @Test
    void aMutatedFileIsReadOrRefusedInWords() throws IOException {
        List<String> originals = List.of(
                Files.readString(ProjectFiles.file("deploy/detector.yaml")),
                DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml")).toYaml());
        Fuzz fuzz = new Fuzz(random());
        for (int i = 0; i < Fuzz.cases(FILES); i++) {
            byte[] original = originals.get(i % 2).getBytes(StandardCharsets.UTF_8);
            String text = new String(fuzz.text(original), StandardCharsets.UTF_8);
            read(text);
        }
    }

    private static void read(String text) {
        try {
            DetectorConfig config = DetectorConfig.parse(text, "mutated.yaml");
            assertThat(DetectorConfig.parse(config.toYaml(), "written")).isEqualTo(config);
        } catch (ConfigurationException refused) {
            assertThat(refused.problems()).isNotEmpty().allMatch(problem -> !problem.isBlank());
        }
    }
}

package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios that need minutes, each as a process: they keep what they promise. */
@Tag("long")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ScenariosIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"drift", "rollback", "replay", "poison", "bad-challenger"})
    void aScenarioKeepsItsPromises(String name) throws Exception {
        Path json = folder.resolve("story.json");
        try (NoetherProcess demo =
                NoetherProcess.start(folder, "demo", "--scenario", name, "--json", json.toString())) {
            assertThat(demo.waitFor()).as(demo::output).isZero();
            assertThat(demo.output()).contains("PASSED.").doesNotContain("BROKEN");
        }
        JsonNode story = new ObjectMapper().readTree(json.toFile());
        assertThat(story.get("scenario").asText()).isEqualTo(name);
        assertThat(story.get("checks").size()).isGreaterThan(2);
        assertThat(story.get("failures").size()).isZero();
    }
}

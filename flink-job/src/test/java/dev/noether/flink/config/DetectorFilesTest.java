package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorFilesTest {
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aFileIsOneDetector() throws Exception {
        Path file = write("a.yaml", "detector: a\nfeatures: [cpu]\n");
        assertThat(DetectorFiles.load(file, warnings::add).detectors())
                .extracting(DetectorConfig::detector)
                .containsExactly("a");
    }

    @Test
    void aBrokenFileOfAFolderIsNamedAndTheOthersAreRead() throws Exception {
        write("b.yml", "detector: b\nfeatures: [cpu]\n");
        write("a.yaml", "detector: a\nfeatures: [cpu]\n");
        Path broken = write("broken.yaml", "detector: c\nfeatures: [cpu]\nwindow: {rows: -3}\n");
        Path twice = write("c.yaml", "detector: a\nfeatures: [cpu]\n");
        write("notes.txt", "nothing");
        write(".hidden.yaml", "nothing");
        DetectorFiles files = DetectorFiles.load(folder, warnings::add);
        assertThat(files.detectors()).extracting(DetectorConfig::detector).containsExactly("a", "b");
        assertThat(files.problems()).hasSize(2);
        assertThat(files.problems().get(0)).startsWith(broken + ": ").contains("window.rows");
        assertThat(files.problems().get(1))
                .isEqualTo(twice + ": detector a is also configured in " + folder.resolve("a.yaml")
                        + "; this file is not used");
    }

    @Test
    void ofTwoDetectorsThatWriteOneTopicTheSecondIsRefusedByName() throws Exception {
        write("a.yaml", "detector: a\nfeatures: [cpu]\n");
        write("b.yaml", "detector: b\nfeatures: [cpu]\ntopics: {scores: a.scores, incidents: a.incidents}\n");
        write("c.yaml", "detector: c\nfeatures: [cpu]\ntopics: {observations: a.observations}\n");
        write(
                "d.yaml",
                "detector: d\nfeatures: [cpu]\ntopics: {scores: a.scores}\nkafka: {bootstrapServers: 'other:1'}\n");
        DetectorFiles files = DetectorFiles.load(folder, warnings::add).withoutSharedOutputs();
        assertThat(files.detectors())
                .as("observations may be shared, and another cluster has other topics")
                .extracting(DetectorConfig::detector)
                .containsExactly("a", "c", "d");
        assertThat(files.problems())
                .containsExactly(
                        "detector b: `topics.scores` is a.scores, which detector a also writes",
                        "detector b: `topics.incidents` is a.incidents, which detector a also writes");
    }

    @Test
    void aFolderWithoutADetectorIsRefused() throws Exception {
        assertThatThrownBy(() -> DetectorFiles.load(folder, warnings::add))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder + ": the folder has no file *.yaml");
        write("broken.yaml", "detector: c\n");
        assertThatThrownBy(() -> DetectorFiles.load(folder, warnings::add))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("broken.yaml")
                .hasMessageContaining("features");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}

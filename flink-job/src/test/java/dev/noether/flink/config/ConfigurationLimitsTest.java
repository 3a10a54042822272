package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Detector files of unreasonable size or shape are refused with one message; they exhaust neither stack nor memory. */
class ConfigurationLimitsTest {
    private static final String MINIMUM = "detector: fleet\nfeatures: [cpu]\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void deepNestingIsRefused(String opening) {
        assertThat(refusal("detector: fleet\nfeatures:\n  " + opening.repeat(50_000)))
                .hasMessage("test: line 3: values must be nested at most 32 deep");
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        assertThat(refusal("detector: fleet\nfeatures: &a [*a]\n"))
                .hasMessage("test: line 2: a value must not contain itself (got *a)");
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(refusal(MINIMUM + yaml)).hasMessageContaining("aliases");
    }

    /** The search for the nearest known key is expensive; it runs for the reported keys only. */
    @Test
    void ofManyUnknownKeysTheFirstAreReported() {
        String keys =
                IntStream.range(0, 40_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
        ConfigurationException refusal = refusal(MINIMUM + keys);
        assertThat(refusal.problems()).hasSize(51);
        assertThat(refusal.problems().get(0)).startsWith("line 3: `k0` is not known; the nearest known key is `");
        assertThat(refusal.problems().get(50)).isEqualTo("and 39950 further problems");
    }

    @Test
    void tooManyKeysAreRefused() {
        String keys =
                IntStream.range(0, 100_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
        assertThat(refusal(MINIMUM + keys)).hasMessageContaining("the file must have at most 100000 keys and values");
    }

    @Test
    void aLongKeyIsCutInTheMessage() {
        assertThat(refusal(MINIMUM + "? " + "x".repeat(5_000) + "\n: 1\n").getMessage())
                .contains("x…` is not known")
                .hasSizeLessThan(200);
        assertThat(refusal(MINIMUM + "x: " + "1".repeat(40_000) + "\n"))
                .hasMessage("test: line 3: a key or value must have at most 32768 characters");
    }

    @Test
    void aLongListOfServersIsRead() {
        String servers = "a:1" + ",b:2".repeat(8_000);
        assertThat(DetectorConfig.parse(MINIMUM + "kafka: {bootstrapServers: '" + servers + "'}\n", "test")
                        .kafka()
                        .bootstrapServers())
                .isEqualTo(servers);
        assertThat(refusal(MINIMUM + "kafka: {bootstrapServers: a:99999}\n"))
                .hasMessageContaining("`kafka.bootstrapServers` must be host:port");
    }

    @Test
    void aLargeFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("large.yaml"), MINIMUM + "#" + "x".repeat(1 << 20));
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> DetectorConfig.load(file)))
                .hasMessage(file + ": the configuration file cannot be read: it has more than 1048576 bytes");
    }

    /** A device has no end and no size. */
    @Test
    void aDeviceIsRefused() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> DetectorConfig.load(Path.of("/dev/zero"))))
                .hasMessageContaining("it has more than 1048576 bytes");
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> DetectorConfig.parse(MINIMUM + "rules: {calendar: /dev/zero}\n", "test")
                                .rules()
                                .calendarText()))
                .hasMessageContaining("`rules.calendar` must be a file that can be read (got /dev/zero: it has more");
    }

    private static ConfigurationException refusal(String yaml) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> DetectorConfig.parse(yaml, "test"));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}

package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationProblemsTest {
    private static final String MINIMUM = "detector: fleet\nfeatures: [cpu]\n";

    @TempDir
    private Path folder;

    @Test
    void areAllReportedAtOnceWithTheirLines() {
        ConfigurationException problems = refusal("""
                detector: Fleet!
                windw: {rows: 4}
                window:
                  rows: 0
                  row: 4
                microBatch: 256
                retraining:
                  learningRate: .nan
                  history: a week
                  epochs: 1.5
                output:
                  contributions: some
                topics:
                """);
        assertThat(problems.source()).isEqualTo("test");
        assertThat(problems).hasMessageStartingWith("test: 10 problems\n  line 1: `detector` must be");
        assertThat(problems.problems())
                .containsExactly(
                        "line 1: `detector` must be a name of at most 63 lower-case letters, digits and hyphens, such"
                                + " as fleet-eu (got Fleet!)",
                        "line 2: `windw` is not known; the nearest known key is `window`",
                        "line 4: `window.rows` must be an integer from 1 to 1024 (got 0)",
                        "line 5: `window.row` is not known; the nearest known key is `window.rows`",
                        "line 6: `microBatch` must be a mapping of keys to values (got 256)",
                        "line 8: `retraining.learningRate` must be a number in (0, 1] (got NaN)",
                        "line 9: `retraining.history` must be an ISO-8601 duration from PT1S to P3650D, such as PT30S"
                                + " (got a week)",
                        "line 10: `retraining.epochs` must be an integer from 1 to 100000 (got 1.5)",
                        "line 12: `output.contributions` must be one of none, anomalous, all (got some)",
                        "`features` is missing; it must be a list of at least one name, none blank, none twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codeSize: 4 | line 3: `codeSize` is not known; the nearest known key is `model.codeSize`",
                "kafka: {bootstrapServer: a:1} | the nearest known key is `kafka.bootstrapServers`",
                "kafka: {bootstrapServers: a} | `kafka.bootstrapServers` must be host:port, or several with commas",
                "kafka: {properties: {a: [1]}} | `kafka.properties` must be a mapping from names",
                "kafka: {properties: {sasl.jaas.config: x}} | `kafka.properties.sasl.jaas.config` is a secret and must"
                        + " not",
                "kafka: {properties: {group.id: x}} | `kafka.properties.group.id` must be left out: the job decides it",
                "kafka: {properties: {bootstrap.servers: x}} | must be given as `kafka.bootstrapServers`",
                "topics: {scores: a/b} | `topics.scores` must be a topic name",
                "topics: {scores: fleet.models} | `topics` must be seven different ones (got [fleet.observations, ",
                "retraining: {minRows: 20, maxRows: 10} | `retraining.minRows` must be at most `retraining.maxRows`"
                        + " (got 20",
                "retraining: {validationFraction: 0.5, calibrationFraction: 0.5} | must leave rows to train on",
                "retraining: {penaltyWeight: .inf} | `retraining.penaltyWeight` must be a number of at least 0 (got"
                        + " Inf",
                "retraining: {penaltyWeight: 1} | `retraining.penaltyWeight` must be 0 where `retraining.method` is"
                        + " plain (got 1.0",
                "retraining: {method: lie_first_order} | must be above 0 where `retraining.method` is lie_first_order"
                        + " (got 0.0",
                "retraining: {method: lasso} | `retraining.method` must be one of plain, denoising, contractive",
                "retraining: {noise: 0} | `retraining.noise` must be a number above 0",
                "model: {architecture: deep} | `model.architecture` must be one of relu, pca_residual",
                "retraining: {seed: 99999999999999999999} | `retraining.seed` must be an integer of at most 64 bits",
                "model: {hiddenWidths: [a]} | `model.hiddenWidths` must be a list of at most 8 integers",
                "model: {store: ''} | `model.store` must be a directory",
                "incidents: {severityBands: [2, 1, 3]} | `incidents.severityBands` must be a list of 3 rising numbers"
                        + " above 0",
                "rules: {onlyUp: [disk]} | `rules` must be about features of the detector (got [disk]; known are"
                        + " [cpu])",
                "rules: {onlyUp: [cpu], onlyDown: [cpu]} | must not share a feature (got cpu in both)",
                "rules: {leastDeviation: {cpu: -1}} | `rules.leastDeviation` must be a mapping from names to numbers of"
                        + " at",
                "parallelism: | `parallelism` must be an integer from 1 to 4096 (got nothing)",
                "exactlyOnce: 'yes' | `exactlyOnce` must be true or false (got yes)",
                "detector: again | `detector` must stand once (got it on lines 1 and 3)",
                "window: [1 | line 4: this is not YAML",
                "window: !!java.net.URL [x] | line 3: this is not YAML: could not determine a constructor for the tag",
            })
    void sayWhatWouldBeRight(String line, String message) {
        assertThat(refusal(MINIMUM + line + "\n").problems())
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void includeATextThatIsNoMapping() {
        assertThat(refusal("just words").problems())
                .containsExactly("the file must be a mapping of keys to values (got just words)");
        assertThat(refusal("").problems()).hasSize(2).allMatch(problem -> problem.contains("is missing"));
    }

    @Test
    void includeATextThatRefersToItself() {
        assertThat(refusal(MINIMUM + "window: &a {rows: *a}\n").problems()).isNotEmpty();
        assertThat(refusal("&a [*a]").problems()).isNotEmpty();
    }

    @Test
    void includeAFileThatCannotBeRead() throws IOException {
        assertThat(loading(folder.resolve("none.yaml"))).hasMessageContaining("cannot be read: there is no such file");
        assertThat(loading(folder)).hasMessageContaining("cannot be read: it is a directory");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 1});
        assertThat(loading(binary)).hasMessageContaining("cannot be read: it is not UTF-8 text");
    }

    @Test
    void includeASecretThatIsNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), MINIMUM + """
                kafka:
                  properties:
                    ssl.key.password: ${env:NOETHER_TEST_SURELY_NOT_SET}
                    sasl.jaas.config: ${file:/surely/not/there}
                    ssl.keystore.password: ${vault:secret}
                """);
        assertThat(loading(file).problems())
                .containsExactlyInAnyOrder(
                        "`kafka.properties.ssl.key.password` needs the environment variable"
                                + " NOETHER_TEST_SURELY_NOT_SET, which is not set",
                        "`kafka.properties.sasl.jaas.config` needs the file /surely/not/there, which cannot be read",
                        "`kafka.properties.ssl.keystore.password` holds ${vault:secret}, but only ${env:NAME} and"
                                + " ${file:/path} are known");
    }

    @Test
    void includeRulesThatNoScoreFeeds() {
        assertThat(refusal(MINIMUM + "rules: {onlyUp: [cpu]}\noutput: {contributions: none}\n")
                        .problems())
                .containsExactly("`rules` of features need `output.contributions` of anomalous or all (got none)");
    }

    @Test
    void includeACalendarThatIsNone() throws IOException {
        Path file = folder.resolve("fleet.yaml");
        Path calendar = folder.resolve("maintenance.ics");
        Files.writeString(file, MINIMUM + "rules: {calendar: '" + calendar + "'}\n");
        assertThat(loading(file)).hasMessageContaining("`rules.calendar` must be a file that can be read");
        Files.writeString(calendar, "hello");
        assertThat(loading(file)).hasMessageContaining("`rules.calendar` must be an iCalendar file");
        Files.writeString(
                calendar,
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nDURATION:PT1H\r\n"
                        + "END:VEVENT\r\nEND:VCALENDAR\r\n");
        assertThat(DetectorConfig.load(file).rules().calendarText()).startsWith("BEGIN:VCALENDAR");
    }

    @Test
    void neverShowASecret() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        KafkaConfig kafka = new KafkaConfig(
                "one:9092",
                Map.of(
                        "sasl.jaas.config",
                        "module required password=\"${file:" + secret + "}\";",
                        "ssl.key.password",
                        "${env:KEY}$1"));
        assertThat(kafka.clientProperties(new Placeholders(Map.of("KEY", "a$b"))))
                .containsEntry("sasl.jaas.config", "module required password=\"hunter2\";")
                .containsEntry("ssl.key.password", "a$b$1")
                .containsEntry("bootstrap.servers", "one:9092");
        assertThat(kafka).hasToString("KafkaConfig[one:9092, [sasl.jaas.config, ssl.key.password]]");
        assertThat(new Placeholders(Map.of("KEY", "hunter2"))).hasToString("Placeholders");
        assertThat(refusal(MINIMUM + "kafka: {properties: {ssl.key.password: hunter2}}"))
                .hasMessageNotContaining("hunter2");
        assertThat(refusal(MINIMUM + "kafka: {properties: {ssl.key.password: [hunter2]}}"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void measureTheDistanceBetweenNames() {
        assertThat(NearestKey.editDistance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestKey.editDistance("", "abc")).isEqualTo(3);
        assertThat(NearestKey.editDistance("ROWS", "rows")).isZero();
        assertThat(List.of("microbatch.siez", "engine", "checkpoint.interval"))
                .extracting(NearestKey::to)
                .containsExactly("microBatch.size", "model.engine", "checkpoints.interval");
    }

    private static ConfigurationException refusal(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> DetectorConfig.parse(yaml, "test"));
    }

    private static ConfigurationException loading(Path file) {
        return catchThrowableOfType(ConfigurationException.class, () -> DetectorConfig.load(file));
    }
}

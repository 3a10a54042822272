package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kafka ignores a setting that it does not know, so a mistyped `security.protocol` would connect in plain text. */
class ClientSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "security.protocl | SSL | is no setting of a Kafka client; did you mean `security.protocol`?",
                "Security.Protocol | SSL | is no setting of a Kafka client; did you mean `security.protocol`?",
                "ssl.truststore.loction | /a | is no setting of a Kafka client; did you mean `ssl.truststore.location`?",
                "colour.of.the.broker | red | is no setting of a Kafka client; only a class of your own, such as one of"
                        + " `interceptor.classes`, could read it",
                "security.protocol | SASL_SLL | must be a value that Kafka accepts (got SASL_SLL: String must be one"
                        + " of (case insensitive): SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT)",
                "request.timeout.ms | soon | must be a value that Kafka accepts (got soon: Not a number of type INT)",
                "fetch.max.bytes | -1 | must be a value that Kafka accepts (got -1: Value must be at least 0)",
                "compression.type | zip | must be a value that Kafka accepts (got zip: String must be one of: none, gzip,"
                        + " snappy, lz4, zstd)",
            })
    void mistypedSettingsAreRefused(String name, String value, String problem) {
        assertThat(ClientSettings.problems(Map.of(name, value)))
                .containsExactly("`kafka.properties." + name + "` " + problem);
    }

    @Test
    void settingsOfAllClientsAndOfTheSourceAreKnown() {
        assertThat(ClientSettings.problems(Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "SCRAM-SHA-512",
                        "sasl.jaas.config", "${env:JAAS}",
                        "request.timeout.ms", "${env:TIMEOUT}",
                        "compression.type", "gzip",
                        "max.poll.records", "500",
                        "ssl.endpoint.identification.algorithm", "",
                        "partition.discovery.interval.ms", "60000")))
                .isEmpty();
    }

    @Test
    void aClassOfTheUsersOwnMayReadItsOwnSettings() {
        Map<String, String> settings = Map.of(
                "interceptor.classes", "org.example.Audit",
                "audit.target", "x",
                "config.providers", "vault",
                "config.providers.vault.class", "org.example.Vault");
        assertThat(ClientSettings.problems(settings)).isEmpty();
        assertThat(ClientSettings.problems(Map.of("interceptor.classes", "org.example.Audit", "audit.key", "x")))
                .as("not near enough to a setting of Kafka")
                .isEmpty();
        assertThat(ClientSettings.problems(Map.of("interceptor.classes", "a.B", "security.protocl", "SSL")))
                .hasSize(1);
    }

    @Test
    void theValueOfASecretIsNeverShown() {
        assertThat(ClientSettings.problems(Map.of("ssl.key.password", "hunter2", "ssl.key.pasword", "hunter2")))
                .hasSize(2)
                .noneMatch(problem -> problem.contains("hunter2"));
    }
}

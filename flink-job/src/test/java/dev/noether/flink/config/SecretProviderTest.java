package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of a Flink job: placeholders in what is sent, secrets in the client. */
class SecretProviderTest {
    private static final String JAAS = "sasl.jaas.config";

    @TempDir
    private Path folder;

    @Test
    void theJobHasThePlaceholderAndTheClientTheSecret() throws Exception {
        Path file = Files.writeString(folder.resolve("a:b.password"), "s3cr$t\n");
        KafkaConfig kafka = new KafkaConfig(
                "127.0.0.1:1",
                Map.of(
                        JAAS,
                        "login required password=\"${file:" + file + "}\" home=\"${env:PATH}\";",
                        "partition.discovery.interval.ms",
                        "10",
                        "security.protocol",
                        "SASL_SSL"));
        Properties sent = InstantiationUtil.clone(kafka.jobProperties());
        assertThat(sent.getProperty(JAAS)).contains("${file:" + file + "}", "${env:PATH}");
        assertThat(sent.toString()).doesNotContain("s3cr$t");

        Password read = new AdminClientConfig(sent).getPassword(JAAS);
        assertThat(read.value())
                .isEqualTo("login required password=\"s3cr$t\" home=\"" + System.getenv("PATH") + "\";")
                .isEqualTo(kafka.clientProperties().getProperty(JAAS));
    }

    @Test
    void whatIsMissingOnTheMachineOfTheClientIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret");
        KafkaConfig kafka = new KafkaConfig("127.0.0.1:1", Map.of("ssl.key.password", "${file:" + file + "}"));
        Properties sent = kafka.jobProperties();
        Files.delete(file);
        assertThatThrownBy(() -> new AdminClientConfig(sent))
                .isInstanceOf(ConfigException.class)
                .hasMessage("a setting of `kafka.properties` needs the file " + file + ", which cannot be read");
    }

    /** Without the error the login would fail, and nothing would say why. */
    @Test
    void aFileWithoutASecretIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret");
        KafkaConfig kafka = new KafkaConfig("127.0.0.1:1", Map.of("ssl.key.password", "${file:" + file + "}"));
        Properties sent = kafka.jobProperties();
        for (String empty : List.of("", "\n", "\r\n\r\n")) {
            Files.writeString(file, empty);
            assertThatThrownBy(() -> new AdminClientConfig(sent))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("a setting of `kafka.properties` needs the file " + file + ", which is empty");
        }
    }

    @Test
    void onlyLineBreaksAtTheEndAreNoPartOfASecret() throws Exception {
        Path file = folder.resolve("password");
        for (String secret : List.of(" a\\b$1 ", "${env:PATH}\t", "two\nlines", "\u00e9\u20ac")) {
            Files.writeString(file, secret + "\r\n");
            String login = "login password=\"${file:" + file + "}\";";
            KafkaConfig kafka = new KafkaConfig("127.0.0.1:1", Map.of(JAAS, login));
            assertThat(new AdminClientConfig(kafka.jobProperties())
                            .getPassword(JAAS)
                            .value())
                    .isEqualTo("login password=\"" + secret + "\";")
                    .isEqualTo(kafka.clientProperties().getProperty(JAAS));
        }
    }
}

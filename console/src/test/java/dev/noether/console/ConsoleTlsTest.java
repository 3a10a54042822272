package dev.noether.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.console.http.ServerStartException;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.testing.TestingCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console with a certificate. */
@Timeout(60)
final class ConsoleTlsTest {
    @TempDir
    private static Path folder;

    /** No broker listens on port 1. */
    private static DetectorConfig config(Path keys, String password) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "password", ""), password + "\n");
        return DetectorConfig.withDefaults(TestingRecords.DETECTOR, new FeatureSchema(List.of("cpu")))
                .withBootstrap("127.0.0.1:1")
                .with(ConsoleSection.PORT, 0)
                .with(
                        ConsoleSection.DIRECTORY,
                        Files.createTempDirectory(folder, "store").toUri())
                .with(ConsoleSection.KEY_STORE_FILE, keys.toString())
                .with(ConsoleSection.KEY_STORE_PASSWORD_FILE, file.toString());
    }

    /** A client that trusts one authority. */
    private static HttpClient client(TestingCertificates authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority.authority())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("authority", certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void speaksHttpsAndNothingElse() throws Exception {
        TestingCertificates authority = new TestingCertificates(folder.resolve("authority"));
        TestingCertificates stranger = new TestingCertificates(folder.resolve("stranger"));
        Path keys = authority.certificate("console", "localhost");
        try (Console console = Console.start(config(keys, TestingCertificates.PASSWORD))) {
            assertThat(console.url()).startsWith("https://127.0.0.1:");
            int port = URI.create(console.url()).getPort();
            HttpRequest status = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/api/status"))
                    .build();
            HttpResponse<String> answer = client(authority).send(status, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"detector\":\"" + TestingRecords.DETECTOR + "\"");

            assertThatThrownBy(() -> client(stranger).send(status, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
            HttpRequest plain = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/status"))
                    .build();
            assertThatThrownBy(() -> {
                        HttpResponse<String> refused =
                                HttpClient.newHttpClient().send(plain, BodyHandlers.ofString());
                        throw new IOException("status " + refused.statusCode() + " " + refused.body());
                    })
                    .isInstanceOf(IOException.class)
                    .message()
                    .doesNotContain("status 200");
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        TestingCertificates authority = new TestingCertificates(folder.resolve("other"));
        Path keys = authority.certificate("console", "localhost");
        assertThatThrownBy(() -> Console.start(config(keys, "a-wrong-password")))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("the console cannot start: the password of the key store " + keys
                        + " is wrong; the file of console.keyStorePasswordFile must hold it");
    }
}

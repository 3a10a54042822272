package dev.noether.flink.source.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.RegistryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry over TLS, with certificates that this test makes with the JDK's keytool. */
@Timeout(60)
class RegistryTlsTest {
    private static final String STORE_PASSWORD = "changeit";
    private static final Schema SCHEMA =
            SchemaBuilder.record("Metric").fields().requiredString("host").endRecord();
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        make("right", "san=ip:127.0.0.1,dns:localhost");
        make("other-host", "san=dns:registry.example.com");
        make("other-authority", "san=ip:127.0.0.1");
    }

    @Test
    void aTrustedCertificateIsAccepted() throws Exception {
        try (TestingRegistry registry = registry("right")) {
            registry.require("reader", "secret");
            Path password = Files.writeString(folder.resolve("password"), "secret\n");
            RegistryOptions options = new RegistryOptions(
                    registry.url(),
                    "reader",
                    "${file:" + password + "}",
                    pem("right").toString());
            assertThat(new RegistrySchemas(options, Duration.ofMinutes(1)).get(7))
                    .isEqualTo(SCHEMA);
        }
    }

    @Test
    void theCertificateOfAnotherAuthorityIsRefusedInOneSentence() throws Exception {
        try (TestingRegistry registry = registry("right")) {
            assertProblem(
                    registry.url(),
                    "other-authority",
                    " has a certificate that is not trusted; `registry.certificates` must name a PEM file with the"
                            + " certificate of the authority that has signed it");
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedInOneSentence() throws Exception {
        try (TestingRegistry registry = registry("other-host")) {
            assertProblem(
                    registry.url(),
                    "other-host",
                    " has a certificate of another host; `registry.url` must have a name that the certificate has: No"
                            + " subject alternative names matching IP address 127.0.0.1 found");
        }
    }

    /** As most servers do: they take the greeting of TLS for a bad request. */
    @Test
    void aRegistryWithoutTlsIsNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerWithoutTls(server));
            answering.start();
            assertProblem(
                    "https://127.0.0.1:" + server.getLocalPort(),
                    "right",
                    " does not speak TLS; `registry.url` must begin with http: if it has no certificate");
        }
    }

    private static void answerWithoutTls(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The loop ends.
            }
        }
    }

    private static void assertProblem(String url, String trusted, String problem) {
        RegistryOptions options = new RegistryOptions(url, "", "", pem(trusted).toString());
        assertThatThrownBy(() -> new RegistrySchemas(options, SHORT).get(7))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("the schema registry " + url + problem);
    }

    private static TestingRegistry registry(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream source = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(source, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        TestingRegistry registry = new TestingRegistry(context);
        registry.put(7, SCHEMA);
        return registry;
    }

    private static Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    private static void make(String name, String extension) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-keystore",
                store,
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                extension);
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                store,
                "-alias",
                name,
                "-file",
                pem(name).toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", STORE_PASSWORD));
        Path output = Files.createTempFile(folder, "keytool", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(Files.readString(output))
                .isTrue();
    }
}

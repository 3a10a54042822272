package dev.noether.cli.access;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.testing.TestingCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker with TLS, SCRAM, certificates of clients and an authorizer that denies what no rule allows. Its own listener
 * without TLS is that of the administrator.
 */
final class SecuredBroker implements AutoCloseable {
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    private final Path folder;
    private final TestingCertificates certificates;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final EmbeddedBroker broker;
    private final Admin admin;

    SecuredBroker(Path folder) throws Exception {
        this.folder = folder;
        this.certificates = new TestingCertificates(folder.resolve("certificates"));
        Map<String, String> settings = new HashMap<>();
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS;User:CN=chief");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("connection.failed.authentication.delay.ms", "10");
        Path right = certificates.certificate("broker", "127.0.0.1");
        listener(settings, "SASL", "SASL_SSL", right);
        listener(settings, "MUTUAL", "SSL", right);
        listener(settings, "OPEN", "SSL", right);
        listener(settings, "EXPIRED", "SASL_SSL", certificates.expired("old", "127.0.0.1"));
        listener(settings, "ELSEWHERE", "SASL_SSL", certificates.certificate("elsewhere", "kafka.example.com"));
        settings.put("listener.name.mutual.ssl.client.auth", "required");
        settings.put("listener.name.mutual.ssl.truststore.type", "PEM");
        settings.put(
                "listener.name.mutual.ssl.truststore.location",
                certificates.authority().toString());
        String addresses = ports.entrySet().stream()
                .map(port -> port.getKey() + "://127.0.0.1:" + port.getValue())
                .collect(Collectors.joining(","));
        settings.put("listeners", addresses);
        settings.put("advertised.listeners", addresses);
        broker = EmbeddedBroker.start(
                folder.resolve("broker"), 0, EmbeddedBroker.DEFAULT_START_TIMEOUT, Map.copyOf(settings));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private void listener(Map<String, String> settings, String name, String protocol, Path keys) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports.put(name, free.getLocalPort());
        }
        settings.merge("listener.security.protocol.map", name + ":" + protocol, (one, two) -> one + "," + two);
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
        settings.put(prefix + "ssl.keystore.location", keys.toString());
        settings.put(prefix + "ssl.keystore.password", TestingCertificates.PASSWORD);
        settings.put(prefix + "ssl.keystore.type", "PKCS12");
        if (protocol.startsWith("SASL")) {
            settings.put(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
            settings.put(prefix + "scram-sha-512.sasl.jaas.config", LOGIN + ";");
        }
    }

    /** The client of the administrator. */
    Admin admin() {
        return admin;
    }

    /** The authority and its certificates. */
    TestingCertificates certificates() {
        return certificates;
    }

    /** The address of a listener. */
    String address(String listener) {
        return listener.equals("PLAIN") ? broker.bootstrapServers() : "127.0.0.1:" + ports.get(listener);
    }

    /** Makes a user with a password, and waits until the broker knows it. */
    void user(String name, String password) throws Exception {
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                .all()
                .get();
    }

    /**
     * The lines of a detector file that log in as a user. The password and the truststore's settings are as a person
     * would write them.
     */
    String login(String user, String password) throws IOException {
        Path file = Files.writeString(folder.resolve(user + ".password"), password + "\n");
        return """
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    sasl.jaas.config: >-
                      %s username="%s" password="${file:%s}";
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                """.formatted(LOGIN, user, file, certificates.authority());
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}

package dev.noether.flink.kafka;

import dev.noether.flink.config.KafkaConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Looks why no broker answers at an address: a port that speaks TLS does not answer a client without TLS, and the other
 * way round. Kafka's clients see a closed connection in both cases and try again. Sends no secret.
 */
final class PortProbe {
    private static final int TIMEOUT_MILLIS = 2_000;

    private PortProbe() {}

    /** Returns the reason, as the end of a sentence; empty if it is not known. */
    static String reason(KafkaConfig kafka) {
        String protocol = kafka.properties()
                .getOrDefault("security.protocol", "PLAINTEXT")
                .toUpperCase(Locale.ROOT);
        boolean usesTls = protocol.endsWith("SSL");
        InetSocketAddress address = first(kafka.bootstrapServers());
        if (address.isUnresolved() || !accepts(address)) {
            return "";
        }
        boolean isTls = speaksTls(address);
        String must = ", and `kafka.properties.security.protocol` is " + protocol + "; it must be ";
        if (isTls && !usesTls) {
            return ": the port speaks TLS" + must + "SSL, or SASL_SSL with a user and a password";
        }
        if (!isTls && usesTls) {
            return ": the port does not speak TLS" + must + "PLAINTEXT, or SASL_PLAINTEXT with a user and a password";
        }
        if (protocol.equals("SSL") || protocol.equals("PLAINTEXT")) {
            return ": the port accepts connections; if it wants a user and a password,"
                    + " `kafka.properties.security.protocol` must be " + (isTls ? "SASL_SSL" : "SASL_PLAINTEXT");
        }
        return "";
    }

    private static InetSocketAddress first(String servers) {
        String server = servers.split(",", 2)[0].strip();
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon).replaceAll("[\\[\\]]", "").replaceFirst("^\\w+://", "");
        return new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)));
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Greets the port as a TLS client. Every certificate will do: the connection is closed at once. */
    private static boolean speaksTls(InetSocketAddress address) {
        try (Socket plain = new Socket()) {
            plain.connect(address, TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            try (SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(plain, address.getHostString(), address.getPort(), true)) {
                socket.startHandshake();
                return true;
            }
        } catch (IOException | GeneralSecurityException e) {
            // An alert is TLS too.
            return String.valueOf(e.getMessage()).contains("fatal alert");
        }
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

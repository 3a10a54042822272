package dev.noether.flink.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Why Kafka does not let a client in, or denies it something, as one sentence: the cause, the thing, and what would be
 * right. Trying again does not help. Stateless; thread safe.
 */
public final class AccessProblem {
    private static final String SETTINGS = "`kafka.properties.";
    private static final int DEEPEST = 20;

    /** Stands in a sentence for the topic that an answer of Kafka does not name. */
    public static final String UNNAMED_TOPIC = "a topic that it does not name";

    private AccessProblem() {}

    /**
     * Returns the sentence for a failure, without a full stop; empty if it has another cause.
     *
     * @param thrown what a client of Kafka threw; its causes are searched too
     */
    public static Optional<String> of(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        return chain.stream()
                .map(one -> sentence(one, chain))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst();
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static String sentence(Throwable one, List<Throwable> chain) {
        if (one instanceof TopicAuthorizationException topic) {
            return deniedTopics(topic.unauthorizedTopics());
        }
        if (one instanceof GroupAuthorizationException group) {
            return denied("the consumer group " + group.groupId());
        }
        if (one instanceof TransactionalIdAuthorizationException) {
            return denied("the transactional id");
        }
        if (one instanceof ClusterAuthorizationException) {
            return denied("the cluster");
        }
        if (one instanceof SslAuthenticationException) {
            return tls(chain);
        }
        if (one instanceof UnsupportedSaslMechanismException) {
            return "Kafka does not offer the way to log in that " + SETTINGS + "sasl.mechanism` names: "
                    + one.getMessage();
        }
        if (one instanceof IllegalSaslStateException) {
            return "Kafka expects no user and password at this port; " + SETTINGS
                    + "security.protocol` must be SSL or PLAINTEXT, or the address that of another port";
        }
        if (one instanceof SaslAuthenticationException) {
            return "Kafka refuses the user or the password; " + SETTINGS
                    + "sasl.jaas.config` must have a user that Kafka knows, with its password: " + one.getMessage();
        }
        return "";
    }

    /** The sentence for topics to which Kafka denies the access; some answers of Kafka name none. */
    public static String deniedTopics(Collection<String> topics) {
        return denied(
                topics.isEmpty()
                        ? UNNAMED_TOPIC
                        : "the topic "
                                + String.join(", ", topics.stream().sorted().toList()));
    }

    private static String denied(String thing) {
        return "Kafka denies this user the access to " + thing
                + "; ./noether topics acl --config FILE shows the rights that each process needs";
    }

    private static String tls(List<Throwable> chain) {
        String text = chain.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        String last = chain.get(chain.size() - 1).getMessage();
        if (text.contains("Received fatal alert") || text.contains("Failed to process post-handshake messages")) {
            return alert(text);
        }
        if (text.contains("CertificateExpiredException") || text.contains("NotAfter")) {
            return "the certificate of the Kafka broker has expired (" + last + "); the broker needs a new one";
        }
        if (text.contains("CertificateNotYetValidException") || text.contains("NotBefore")) {
            return "the certificate of the Kafka broker is not valid yet (" + last
                    + "); check the clocks of both machines";
        }
        if (text.contains("subject alternative") || text.contains("No name matching")) {
            return "the certificate of the Kafka broker is of another host (" + last
                    + "); `kafka.bootstrapServers`, and the broker's advertised.listeners, must have a name that the"
                    + " certificate has";
        }
        if (text.contains("PKIX") || text.contains("certification path") || text.contains("trust")) {
            return "the certificate of the Kafka broker is signed by an authority that this process does not trust; "
                    + SETTINGS + "ssl.truststore.location` must name a file with the certificate of that authority";
        }
        return "Kafka and this process do not agree on TLS: " + last;
    }

    /** What the broker thinks of the client's certificate. The broker says little, so that attackers learn little. */
    private static String alert(String text) {
        String alert = text.replaceFirst("(?s).*Received fatal alert: (\\w+).*", "$1");
        String reason = alert.length() < text.length() ? ": " + alert : "";
        return "the Kafka broker refuses the certificate of this process" + reason + "; " + SETTINGS
                + "ssl.keystore.location` must name a file with a certificate that is valid and signed by an authority"
                + " that the broker trusts, and with its private key";
    }
}

package dev.noether.flink.source.registry;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What is wrong with the certificate of a registry, in words. The messages of Java name classes and no setting. */
final class TlsProblem {
    private TlsProblem() {}

    /** Returns what to say of a failed request; empty if it did not fail for TLS. */
    static Optional<String> of(IOException failure) {
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return Optional.of("has a certificate that is not valid now; renew it, or check this machine's clock");
        }
        if (has(failure, CertPathBuilderException.class)) {
            return Optional.of(
                    "has a certificate that is not trusted; `registry.certificates` must name a PEM file with"
                            + " the certificate of the authority that has signed it");
        }
        Throwable certificate = find(failure, CertificateException.class);
        if (certificate != null) {
            return Optional.of("has a certificate of another host; `registry.url` must have a name that the certificate"
                    + " has: " + certificate.getMessage());
        }
        if (has(failure, SSLException.class) && !has(failure, SSLHandshakeException.class)) {
            return Optional.of("does not speak TLS; `registry.url` must begin with http: if it has no certificate");
        }
        return Optional.empty();
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        return find(thrown, kind) != null;
    }

    private static @Nullable Throwable find(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return cause;
            }
        }
        return null;
    }
}

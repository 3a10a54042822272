package dev.noether.console.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host name or address of this machine
 * @param port the port; 0 for a free one
 * @param keys certificate and key for HTTPS; null for HTTP
 */
public record ServerAddress(String host, int port, @Nullable KeyStore keys) {
    /**
     * A certificate and its key.
     *
     * @param file PKCS #12 file
     * @param password its password
     */
    public record KeyStore(Path file, String password) {
        @Override
        public String toString() {
            return "KeyStore[" + file + "]";
        }
    }
}

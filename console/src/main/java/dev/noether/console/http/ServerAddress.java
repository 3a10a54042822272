package dev.noether.console.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host name or address of this machine
 * @param port the port; 0 for a free one
 * @param names names under which browsers reach it, besides {@code localhost}, addresses and its host
 * @param keys certificate and key for HTTPS; null for HTTP
 */
public record ServerAddress(
        String host, int port, List<String> names, @Nullable KeyStore keys) {
    public ServerAddress {
        names = List.copyOf(names);
    }

    /** Returns the names in lower case, with the host. */
    Set<String> allowedNames() {
        return Stream.concat(Stream.of(host), names.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

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

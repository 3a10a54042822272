package dev.noether.flink.config;

/**
 * What a client of the schema registry needs, with its secrets. Never logged.
 *
 * @param url address
 * @param user name for basic authentication; empty for none
 * @param password password for basic authentication; empty for none
 * @param certificates path of a PEM file with trusted certificates; empty for those of Java
 */
public record RegistryAccess(String url, String user, String password, String certificates) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return "RegistryAccess[" + url + "]";
    }
}

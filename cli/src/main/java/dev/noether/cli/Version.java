package dev.noether.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, from the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"noether " + (version == null ? "development" : version)};
    }
}

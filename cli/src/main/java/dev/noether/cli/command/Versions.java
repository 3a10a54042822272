package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.release.ModelChange;
import dev.noether.schemas.ModelRelease;

/** Versions of models on the command line. Stateless; thread safe. */
final class Versions {
    private Versions() {}

    /**
     * Returns the release of a version.
     *
     * @throws BadUseException if there is none
     */
    static ModelRelease find(ModelChange models, long version) {
        try {
            return models.find(version);
        } catch (IllegalArgumentException e) {
            throw new BadUseException(String.valueOf(e.getMessage()));
        }
    }
}

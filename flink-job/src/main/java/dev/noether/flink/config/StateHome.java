package dev.noether.flink.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place of a detector's files if its configuration names none: one for each user and detector, whatever the working
 * directory. A second place would be a second state, and the scores would be written again.
 */
final class StateHome {
    /** The place as the reference page shows it. */
    static final String SHOWN = "~/.local/state/noether/<detector>/";

    private StateHome() {}

    /** Returns a directory of a detector. */
    static URI directory(String detector, String name) {
        return directory(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home", ""), detector, name);
    }

    /**
     * Returns a directory of a detector.
     *
     * @param stateHome value of the variable {@code XDG_STATE_HOME}; ignored unless it is an absolute path
     * @param userHome home directory of the user
     * @param detector name of the detector
     * @param name name of the directory
     */
    static URI directory(@Nullable String stateHome, String userHome, String detector, String name) {
        Path home = stateHome != null && Path.of(stateHome).isAbsolute()
                ? Path.of(stateHome)
                : Path.of(userHome, ".local", "state");
        return requireNonNull(YamlValues.directory(
                home.resolve("noether").resolve(detector).resolve(name).toString()));
    }
}

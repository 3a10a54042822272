package dev.noether.cli.command;

import java.util.Locale;

/** What a demonstration simulates. */
enum DemoScenario {
    /** Servers with twelve metrics each. */
    FLEET,
    /** Hearts with one signal that repeats. */
    HEARTBEAT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.noether.cli.console;

/** With what a command leaves. */
public final class ExitCode {
    /** All that was promised happened. */
    public static final int DONE = 0;
    /** Something failed inside. */
    public static final int FAILED = 1;
    /** It was asked for something that cannot be. */
    public static final int BAD_USE = 2;
    /** Ctrl-C, as a shell counts it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}

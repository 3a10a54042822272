package dev.noether.cli.console;

/** The exit codes of the commands. */
public final class ExitCode {
    /** The command succeeded. */
    public static final int DONE = 0;
    /** The command failed. */
    public static final int FAILED = 1;
    /** The options, the configuration or the input files are not valid. */
    public static final int BAD_USE = 2;
    /** Ctrl-C stopped the command; 128 plus the number of the signal, as in a shell. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}

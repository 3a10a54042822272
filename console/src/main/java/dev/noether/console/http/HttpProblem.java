package dev.noether.console.http;

/** A request that cannot be answered. The message is one sentence for the person who asked. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int retrySeconds;

    /**
     * Makes a problem.
     *
     * @param status status of the answer
     * @param message what is wrong, and what would be right
     */
    public HttpProblem(int status, String message) {
        this(status, message, 0);
    }

    /**
     * Makes a problem that is over soon.
     *
     * @param status status of the answer
     * @param message what is wrong, and what would be right
     * @param retrySeconds seconds after which to ask again; 0 if that does not help
     */
    public HttpProblem(int status, String message, int retrySeconds) {
        super(message);
        this.status = status;
        this.retrySeconds = retrySeconds;
    }

    /** Returns the status of the answer. */
    public int status() {
        return status;
    }

    /** Returns the seconds after which to ask again; 0 if that does not help. */
    int retrySeconds() {
        return retrySeconds;
    }
}

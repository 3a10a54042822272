package dev.noether.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * The reason why a file operation failed, as text. The messages of Java's own exceptions contain only the path; the
 * reason is in the name of the class.
 */
public final class FailureReason {
    private FailureReason() {}

    /** The reason, without the path. */
    public static String of(IOException exception) {
        if (exception instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (exception instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (exception instanceof NotDirectoryException || exception instanceof FileAlreadyExistsException) {
            return "a file with this name exists";
        }
        if (exception instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return String.valueOf(exception.getMessage());
    }
}

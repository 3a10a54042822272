package dev.noether.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: Java's own exceptions repeat the path and leave the reason to their name. */
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
            return "a file is in the way";
        }
        if (exception instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return String.valueOf(exception.getMessage());
    }
}

/** Shows what the file room promises, on real files. */
@NullMarked
package dev.segue.store.file;

import org.jspecify.annotations.NullMarked;

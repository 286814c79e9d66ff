"""The volume (卷宗) that goes to a review authority or a court: papers in, one paginated PDF and a checkable zip out."""
